
(() => {
  "use strict";
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const root = document.documentElement;
  const color = name => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const number = value => value == null ? "–" : String(Number(value.toPrecision(5)));
  const dashes = [[], [8, 4], [2, 3]];
  const borders = ["solid", "dashed", "dotted"];
  const height = 230;
  let plots = [];

  function axis(label) {
    return {
      label,
      labelSize: label ? 18 : 0,
      labelGap: 0,
      labelFont: "12px system-ui, sans-serif",
      font: "12px system-ui, sans-serif",
      stroke: color("soft"),
      grid: {stroke: color("line"), width: 1},
      ticks: {stroke: color("line"), width: 1, size: 4},
    };
  }

  function series(curve) {
    const stroke = color(curve.color < 0 ? "warn" : "c" + curve.color);
    return {
      label: curve.name,
      stroke,
      width: curve.color < 0 ? 3 : 1.75,
      dash: dashes[curve.dash],
      points: curve.points ? {show: true, size: 7, fill: stroke} : {show: curve.y.length === 1},
      value: (plot, value) => number(value),
    };
  }

  function range(wanted) {
    return (plot, least, most) => {
      const fitted = uPlot.rangeNum(least ?? 0, most ?? 1, 0.1, true);
      return [wanted?.least ?? fitted[0], wanted?.most ?? fitted[1]];
    };
  }

  function draw(chart, width) {
    const box = document.getElementById(chart.id);
    const options = {
      width: width || box.clientWidth,
      height,
      scales: {x: {time: false}, y: {range: range(chart.axis)}},
      axes: [{...axis(chart.xName), size: 24}, {...axis(), size: 54, values: (plot, values) => values.map(number)}],
      series: [{label: chart.xName, value: (plot, value) => number(value)}, ...chart.curves.map(series)],
      cursor: {y: false, points: {size: 6}},
      legend: {markers: {width: 3, dash: (plot, i) => i ? borders[chart.curves[i - 1].dash] : "solid"}},
    };
    return new uPlot(options, [chart.x, ...chart.curves.map(curve => curve.y)], box);
  }

  function drawAll(width) {
    plots.forEach(plot => plot.destroy());
    plots = charts.map(chart => draw(chart, width));
  }

  let waiting;
  new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => charts.forEach((chart, i) => {
      const width = document.getElementById(chart.id).clientWidth;
      if (width && plots[i].width !== width) plots[i].setSize({width, height});
    }));
  }).observe(document.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
  addEventListener("beforeprint", () => { root.classList.add("printing"); drawAll(300); });
  addEventListener("afterprint", () => { root.classList.remove("printing"); drawAll(); });
  drawAll();
  document.querySelectorAll("details.numbers").forEach(details => { details.open = false; });
})();

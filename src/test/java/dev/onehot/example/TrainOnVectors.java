package dev.onehot.example;

import dev.onehot.api.Prediction;
import dev.onehot.api.SoftmaxRegressionTrainer;
import dev.onehot.api.VectorModel;
import dev.onehot.data.vectors.LabelledVector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;

/** Trains on lines such as {@code 5.1,3.5,1.4,0.2,setosa} of a file, and saves the model. */
public final class TrainOnVectors {

  private static LabelledVector row(String line) {
    String[] fields = line.split(",");
    String[] numbers = Arrays.copyOf(fields, fields.length - 1);
    double[] features = Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
    return LabelledVector.of(fields[numbers.length], Vectors.dense(features));
  }

  public static void main(String[] args) throws Exception {
    try (var spark = new JavaSparkContext(new SparkConf().setAppName("flowers"))) {
      JavaRDD<LabelledVector> rows = spark.textFile(args[0]).map(TrainOnVectors::row);
      var trainer = new SoftmaxRegressionTrainer().withOptions(o -> o.withIterations(50));
      var trained = trainer.train(rows);
      VectorModel model = trained.model();
      print("accuracy", trained.metrics().accuracy());
      print("weights", model.weights());
      var predictions = model.score(rows.map(LabelledVector::features));
      predictions.map(Prediction::label).countByValue().forEach(TrainOnVectors::print);
      model.model().save(Files.createDirectory(Path.of(args[1])));
    }
  }

  private static void print(String name, Object value) {
    System.out.println(name + " " + value);
  }
}

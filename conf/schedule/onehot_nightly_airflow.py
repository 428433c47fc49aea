"""Onehot's nightly job for Airflow: 2.10 or newer with apache-airflow-providers-standard, or 3.

Change: HOME, the time, owner. What the job does stands in conf/nightly.properties.
Install: copy this file into Airflow's folder of DAGs. HOME has to be on every worker that may run the task, with a JDK,
and built once: ./submit.sh nightly --help

The DAG run's logical date is passed as --run-date, so a backfill trains on the data of its own days.
"""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.timetables.trigger import CronTriggerTimetable

HOME = "/srv/onehot"

# Bad settings, bad data, and a model that the gate refused: another try would end the same way.
FINAL_EXIT_CODES = [2, 3, 4]


class OnehotOperator(BashOperator):
    """Fails at once with an exit code that another try cannot mend.

    BashOperator can only skip on an exit code, and a skipped night would look like a good one.
    """

    def __init__(self, **kwargs):
        super().__init__(skip_on_exit_code=FINAL_EXIT_CODES, **kwargs)

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowSkipException as e:
            raise AirflowFailException(
                f"another try would end the same way; Onehot's line above says why ({e})"
            ) from e


with DAG(
    dag_id="onehot_nightly",
    description="Trains on yesterday's data and promotes the model if it is no worse",
    # The logical date is the time of the run in all versions of Airflow, as with cron.
    schedule=CronTriggerTimetable("15 2 * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "ml-team"},
    tags=["onehot"],
) as dag:
    OnehotOperator(
        task_id="nightly",
        # A run that somebody starts by hand may have no logical date.
        bash_command=(
            "exec ./submit.sh nightly --config conf/nightly.properties --max-minutes 300"
            " --run-date {{ (dag_run.logical_date or dag_run.run_after) | ds }}"
        ),
        cwd=HOME,
        # 1 and 75 (another run holds the lock, or the time is up) are tried again.
        retries=3,
        retry_delay=timedelta(minutes=30),
        # --max-minutes ends the run in order. If it does not, SIGTERM has it write a checkpoint.
        execution_timeout=timedelta(minutes=330),
    )

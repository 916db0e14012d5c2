"""A session of Spark's: started here, or the one that spark-submit has started."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from audits.errors import Unusable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_JAVA = 17
QUIET = Path(__file__).with_name("log4j2.properties")
_GATEWAY = "PYSPARK_GATEWAY_PORT"  # set by spark-submit
STARTED = {
    "spark.app.name": "privacy-audits",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",  # its log quotes the data
}
# Whatever stands in a cluster's own settings: with others the same query could answer otherwise.
_MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.enforceReservedKeywords": "false",
    "spark.sql.caseSensitive": "false",
    "spark.sql.legacy.sizeOfNull": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}


def session(master: str | None, memory: str, folder: Path, timezone: str) -> SparkSession:
    """A session whose days are those of a time zone; `memory` bounds one that is started here, which spills into `folder`.

    Raises Unusable where Spark or Java is missing, or cannot be started.
    """
    builder = pyspark().builder
    if _GATEWAY not in os.environ:
        must_have_java()
        builder = builder.master(master or "local[*]").config("spark.driver.memory", _size(memory))
        builder = builder.config("spark.local.dir", str(folder)).config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        builder = builder.config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={QUIET.as_uri()}")
    for name, value in STARTED.items():
        builder = builder.config(name, value)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made: SparkSession = builder.getOrCreate()
    except Exception as error:
        said = f"--engine spark: Spark could not be started with --master {master or 'local[*]'}"
        raise Unusable(said, str(error).splitlines()[0]) from error
    for name, value in {**_MEANING, "spark.sql.session.timeZone": timezone}.items():
        made.conf.set(name, value)
    return made


def is_there() -> bool:
    """Whether somebody has started a session already."""
    return pyspark().getActiveSession() is not None


def pyspark() -> type[SparkSession]:
    """What a session is made by; raises Unusable where Spark is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a pandas that it has not seen yet, and is not asked for
            from pyspark.logger import PySparkLogger
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise Unusable('--engine spark: pyspark is missing; pip install "privacy-audits[spark]"') from error
    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True  # writes queries that fail to standard error
    found: type[SparkSession] = SparkSession
    return found


def must_have_java() -> None:
    """Raises Unusable where there is no Java, or an old one."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr if java else ""  # noqa: S603
    version = re.search(r'version "(\d+)', told)
    if version is None or int(version[1]) < _JAVA:
        raise Unusable(f"--engine spark: Java {_JAVA} or later is missing; on Debian, apt-get install default-jre-headless")


def _size(memory: str) -> str:
    """1GB as Java has it."""
    found = re.fullmatch(r"\s*(\d+)\s*([kmgt])i?b?\s*", memory.lower())
    if found is None:
        raise Unusable(f"--memory {memory!r}: with --engine spark write a whole number of MB or GB, like 2GB")
    return f"{found[1]}{found[2]}"

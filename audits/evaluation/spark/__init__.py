"""Rows worked through by Apache Spark, for exports that one machine cannot hold: the same queries, the same results."""

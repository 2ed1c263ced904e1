"""What docs/data.md shows of the engines runs."""

from __future__ import annotations

import pytest
from conftest import java, needs
from recipes import CLUSTERS, run


@pytest.mark.parametrize("name", CLUSTERS)
def test_the_recipe_runs(name, tmp_path):
    needs({"Spark": "pyspark", "Ray Data": "ray.data", "datatrove": "datatrove"}[name])
    if name == "Spark":
        java()
    run(name, tmp_path)

"""docs/data.md: what each section shows runs; and the recipes in processes, after a batch in the parent."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import pathlib
import pickle
import re
import subprocess
import sys
import textwrap

import copydesk
import pytest
from conftest import ARTICLE, ODD, ROOT, needs
from recipes import CLUSTERS, PAGE, RECIPES, SECTIONS, run

#: What is too large for every run of the tests: skipped where it is not installed, with CI=true as well. `make test-clusters` has those of engines.
HEAVY = {"spaCy": "spacy", "PyTorch": "torch", "Spark": "pyspark", "Ray Data": "ray", "NeMo Curator": "nemo_curator"}


def heavy(module: str) -> object:
    return pytest.importorskip(module, reason=f"{module} is not installed: pip install {module}, some hundred megabytes")


def libraries(program: str) -> set[str]:
    return set(re.findall(r"^(?:import|from) (\w+)", program, flags=re.M)) - {"copydesk"}


@pytest.mark.parametrize("name", RECIPES)
def test_the_recipe_runs(name, tmp_path):
    for library in libraries(RECIPES[name]):
        heavy(library) if name in HEAVY else needs(library)
    run(name, tmp_path)


def test_every_section_has_a_recipe():
    assert set(SECTIONS) == set(RECIPES) and set(CLUSTERS) < set(RECIPES)
    for extra in re.findall(r"copydesk\[(\w+)\]", PAGE):
        assert importlib.util.find_spec(f"copydesk.{extra}"), extra
    assert max(map(len, PAGE.splitlines())) <= 150


EXAMPLES = {"polars_frame": "polars", "pandas_frame": "pandas", "datasets_map": "datasets", "duckdb_query": "duckdb"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_prints_something(name):
    needs(EXAMPLES[name])
    script = ROOT / "examples" / f"{name}.py"
    env = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", timeout=300, env=env, check=False)
    assert done.returncode == 0, done.stderr
    wanted = {
        "polars_frame": "PORT ELLEN ┆ reuters ┆ Jane Alder",
        "pandas_frame": "    - caption: Passengers sleep in the hall. (AFP Photo / Piet Solberg)",
        "datasets_map": "'verdict': 'stub', 'words': 23}",
        "duckdb_query": "b | stub | afp | LYON",
    }
    assert wanted[name] in done.stdout


def test_scikit_learn_clones_and_pickles():
    base = needs("sklearn.base")
    preprocessing = needs("sklearn.preprocessing")
    cleaner = copydesk.Cleaner(keep=["title"])
    one = preprocessing.FunctionTransformer(cleaner.clean_texts, kw_args={"threads": 1})
    texts = [ARTICLE, *(text for text in ODD.values())]
    for made in (one, base.clone(one), pickle.loads(pickle.dumps(one)), base.clone(base.clone(one))):
        assert made.fit_transform(texts) == cleaner.clean_texts(texts)
    assert one.transform([ARTICLE]) == ["Ferry strike strands thousands"]


def test_dask_keeps_the_index_and_the_types():
    dd, pd = needs("dask.dataframe"), needs("pandas")
    import copydesk.pandas

    texts = [None if n % 5 == 0 else f"{ARTICLE} {n}" for n in range(50)]
    frame = pd.DataFrame({"body": texts}, index=range(100, 150))
    meta = copydesk.pandas.clean(pd.Series([], dtype=object))
    made = dd.from_pandas(frame, npartitions=7)["body"].map_partitions(copydesk.pandas.clean, threads=1, meta=meta)
    assert made.dtypes.equals(meta.dtypes)
    whole = copydesk.pandas.clean(frame["body"])
    pd.testing.assert_frame_equal(made.compute(scheduler="threads"), whole)
    # Most partitions are left without a row.
    few = dd.from_pandas(frame, npartitions=7)
    few = few.loc[147:, "body"].map_partitions(copydesk.pandas.clean, threads=1, meta=meta)
    pd.testing.assert_frame_equal(few.compute(scheduler="threads"), whole[whole.index > 146])


def clean(texts: list[str]) -> list[str | None]:
    return copydesk.clean_texts(texts, threads=1)


#: A child of a parent whose batch has run on many threads.
CHILDREN = """
    import multiprocessing, sys
    import copydesk
    from test_recipes import clean
    if __name__ == "__main__":
        texts = [{text!r}] * 3000
        whole = copydesk.clean_texts(texts, threads=8)
        context = multiprocessing.get_context({method!r})
        with context.Pool(2) as pool:
            parts = pool.map_async(clean, [texts[at : at + 300] for at in range(0, 3000, 300)]).get(timeout=120)
        sys.exit(0 if sum(parts, []) == whole else 3)
"""


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_after_a_big_batch_in_the_parent(method, tmp_path):
    script = tmp_path / "children.py"
    script.write_text(textwrap.dedent(CHILDREN.format(text=ARTICLE, method=method)), encoding="utf-8")
    path = os.pathsep.join([str(pathlib.Path(__file__).parent), *sys.path])
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=180, env=os.environ | {"PYTHONPATH": path}, check=False)
    assert done.returncode == 0, done.stderr


LOADER = """
    import copydesk
    from test_recipes import clean
    from torch.utils.data import DataLoader
    if __name__ == "__main__":
        texts = [{text!r}] * 3000
        whole = copydesk.clean_texts(texts, threads=8)
        loader = DataLoader(texts, batch_size=100, num_workers=2, collate_fn=clean, multiprocessing_context={method!r}, timeout=100)
        assert sum(loader, []) == whole
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_of_a_loader_after_a_big_batch_in_the_parent(method, tmp_path):
    heavy("torch")
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system does not {method}")
    script = tmp_path / "loader.py"
    script.write_text(textwrap.dedent(LOADER.format(text=ARTICLE, method=method)), encoding="utf-8")
    path = os.pathsep.join([str(pathlib.Path(__file__).parent), *sys.path])
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=180, env=os.environ | {"PYTHONPATH": path}, check=False)
    assert done.returncode == 0, done.stderr

"""The built wheel holds what it needs, and runs without anything else installed."""

import pathlib
import subprocess
import sys
import venv
import zipfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("kg-*.whl")
    return path


@pytest.mark.slow
def test_every_file_of_the_package_is_in_the_wheel(wheel):
    tracked = subprocess.run(["git", "ls-files", "kg"], cwd=ROOT, check=True, capture_output=True, text=True)
    assert set(tracked.stdout.splitlines()) <= set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.slow
def test_help_needs_no_dependency(wheel, tmp_path):
    venv.create(tmp_path / "v", with_pip=True)
    scripts = tmp_path / "v" / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", wheel], check=True, capture_output=True
    )
    done = subprocess.run(
        [scripts / "kg", "--help"], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert "build" in done.stdout
    done = subprocess.run(
        [scripts / "kg", "--version"], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert done.stdout.startswith("kg 0.")

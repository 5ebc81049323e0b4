"""Many clips are measured in as many processes; none of them starts threads for its linear algebra."""

import os
import subprocess
import sys

import pytest

_WORK = """
import lumbar, numpy
numpy.linalg.solve(numpy.eye(500), numpy.ones((500, 500)))
print(len(__import__("os").listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_the_linear_algebra_has_one_thread_unless_somebody_says_otherwise() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}

    def threads(**more: str) -> int:
        command = [sys.executable, "-c", _WORK]
        return int(subprocess.run(command, env=environment | more, check=True, capture_output=True).stdout)

    assert threads() == 1
    assert threads(OPENBLAS_NUM_THREADS="2") == min(2, len(os.sched_getaffinity(0)))

"""One script per claim; each writes its table under ``validation/results``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads: the scripts share the work themselves

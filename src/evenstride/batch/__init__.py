"""Many files: the same function, on all cores; a file that kills its worker costs only itself."""

from evenstride.batch.pool import Crashed, map_on_all_cores

__all__ = ["Crashed", "map_on_all_cores"]

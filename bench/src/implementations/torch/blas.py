"""Which BLAS this process has loaded: with the reference one PyTorch is no fair peer."""

import ctypes
import os
import re


def blas():
    """The library's file, and of OpenBLAS the processor whose kernels it has chosen."""
    with open("/proc/self/maps") as maps:
        paths = {os.path.realpath(line.split()[-1]) for line in maps if ".so" in line}
    found = sorted(path for path in paths if re.search(r"/lib\w*blas[^/]*\.so", path))
    open_blas = [path for path in found if "openblas" in os.path.basename(path)]
    if not open_blas:
        return ", ".join(os.path.basename(path) for path in found)
    library = ctypes.CDLL(open_blas[0])
    library.openblas_get_corename.restype = ctypes.c_char_p
    core = library.openblas_get_corename().decode()
    return "%s (%s)" % (os.path.basename(open_blas[0]), core)

"""Which scipy this interpreter has: its release, who built it, and the numpy under it."""
from importlib import metadata

import numpy
import scipy

wheel = "manylinux" in (metadata.distribution("scipy").read_text("WHEEL") or "")
print(f"scipy {scipy.__version__} ({'wheel' if wheel else 'built by the system'}, numpy {numpy.__version__})")

"""Starts a kernel of another language that is built on ipykernel's base class, with the yardstick hooked in.

Called as the module would be: hooked.py bash_kernel -f CONNECTION_FILE
"""

import os
import runpy
import sys

from ipykernel.kernelbase import Kernel

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import truth  # noqa: E402

make = Kernel.__init__


def make_hooked(self, **options):
    make(self, **options)
    truth.install(self, os.environ["CELLTRAIL_TRUTH"])


Kernel.__init__ = make_hooked
module, *sys.argv[1:] = sys.argv[1:]
runpy.run_module(module, run_name="__main__", alter_sys=True)

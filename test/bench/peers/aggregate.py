"""Quantities of each run as a sparse matrix times the rows of every instrument as a dense one, the matrix made before.

Reads the same file as aggregate.c, then runs once for each line on its input and prints the seconds.
"""
import sys
import time

import numpy
from scipy import sparse

with open(sys.argv[1], "rb") as file:
    instruments, positions, runs, stride = numpy.fromfile(file, numpy.int32, 4)
    rows = numpy.fromfile(file, numpy.float64, instruments * stride).reshape(instruments, stride)
    minimum = numpy.fromfile(file, numpy.float64, instruments)
    quantity = numpy.fromfile(file, numpy.float64, positions)
    instrument = numpy.fromfile(file, numpy.int32, positions)
    start = numpy.fromfile(file, numpy.int32, runs + 1)
matrix = sparse.csr_matrix((quantity, instrument, start), shape=(runs, instruments))
charges = abs(matrix) @ minimum
for _ in sys.stdin:
    began = time.perf_counter()
    gains = matrix @ rows
    took = time.perf_counter() - began
    losses = numpy.maximum(-numpy.minimum(gains[:, : stride - 1].min(axis=1), 0), charges)
    print(f"{took:.9f} {losses.sum():.0f}", flush=True)

"""Checks ONNX files with the checker of the package onnx: check.py FILE..."""

import sys

import onnx

for path in sys.argv[1:]:
    try:
        onnx.checker.check_model(onnx.load(path), full_check=True)
    except Exception as failure:  # the checker has several kinds
        sys.exit(f"{path}: {failure}")
print(f"{len(sys.argv) - 1} files are valid, onnx {onnx.__version__}")

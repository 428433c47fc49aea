"""Writes arrays.npz, with an array for each type, order of bytes, order of dimensions and version,
and arrays.txt, with the numbers of each as float32, row after row: python3 arrays.py"""

import zipfile

import numpy as np

numbers = {
    "bool": [0, 1, 1, 0, 1, 0],
    "uint8": [0, 1, 2, 127, 128, 255],
    "int8": [0, 1, -1, 127, -128, 5],
    "uint16": [0, 1, 255, 256, 65535, 3],
    "int16": [0, -1, 32767, -32768, 258, 3],
    "uint32": [0, 1, 4294967295, 16777217, 65536, 3],
    "int32": [0, -1, 2147483647, -2147483648, 16777217, 3],
    "uint64": [0, 1, 18446744073709551615, 9223372036854775809, 9223373136366403585, 3],
    "int64": [0, -1, 9223372036854775807, -9223372036854775808, 16777217, 3],
    "float16": [0, 1, -2.5, 65504, 6e-8, -6.1e-5],
    "float32": [0.5, 0.1, -3.4e38, 1e-45, 255, 16777217],
    "float64": [0.5, 0.1, -3.4e38, 1e-45, 1e-300, 16777217],
}
with zipfile.ZipFile("arrays.npz", "w", zipfile.ZIP_DEFLATED) as archive, open(
    "arrays.txt", "w"
) as text:
    for t, (name, values) in enumerate(numbers.items()):
        for byte_order in "<>":
            for fortran in (False, True):
                array = np.array(values, dtype=np.dtype(name)).reshape(2, 3)
                array = array.astype(array.dtype.newbyteorder(byte_order))
                array = np.asfortranarray(array) if fortran else array
                version = (1 + t % 3, 0)
                entry = f"{name}{'-big' if byte_order == '>' else ''}{'-fortran' if fortran else ''}"
                moment = zipfile.ZipInfo(entry + ".npy", (2026, 1, 1, 0, 0, 0))
                moment.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(moment, "w") as out:
                    np.lib.format.write_array(out, array, version=version)
                singles = array.astype(np.float64).astype(np.float32)
                text.write(entry + " " + " ".join(repr(float(v)) for v in singles.ravel()) + "\n")

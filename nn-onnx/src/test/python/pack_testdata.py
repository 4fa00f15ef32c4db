"""Packs feed-forward cases of Debian's package libonnx-testdata: pack_testdata.py FILE.zip

In the node cases all inputs but the first become initializers: they are the weights of a network.
"""

import os
import re
import sys
import zipfile

import onnx

DATA = "/usr/share/libonnx-testdata/data"
NODES = (
    "gemm matmul_[23] relu elu leakyrelu prelu celu sigmoid tanh softplus softmax logsoftmax selu softsign"
    " hardsigmoid hardswish thresholdedrelu clip_ identity$ dropout flatten reshape squeeze unsqueeze transpose"
    " batchnorm layer_normalization add$ add_bcast sub$ sub_bcast mul$ mul_bcast div$ div_bcast neg exp"
)
PYTORCH = (
    "BatchNorm1d ELU GLU$ LeakyReLU Linear LogSoftmax PReLU ReLU SELU Sigmoid Softmax softmax log_softmax Softplus"
    " Softsign Tanh operator_addmm operator_addconstant operator_clip operator_flatten operator_mm operator_exp"
    " operator_max operator_view operator_params operator_permute2"
)


def read(path, kind):
    with open(path, "rb") as file:
        message = kind()
        message.ParseFromString(file.read())
        return message


def cases(folder, patterns):
    for name in sorted(os.listdir(f"{DATA}/{folder}")):
        path = f"{DATA}/{folder}/{name}"
        chosen = any(re.match("test_" + pattern, name) for pattern in patterns.split())
        if chosen and "expanded" not in name and os.path.exists(f"{path}/test_data_set_0/input_0.pb"):
            yield name, path


with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:

    def write(name, content):
        entry = zipfile.ZipInfo(name)  # always the same time, so always the same bytes
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, content)

    for folder, patterns in (("node", NODES), ("pytorch-converted", PYTORCH), ("pytorch-operator", PYTORCH)):
        for name, path in cases(folder, patterns):
            model = onnx.load(f"{path}/model.onnx")
            known = {tensor.name for tensor in model.graph.initializer}
            inputs = [value for value in model.graph.input if value.name not in known]
            first = read(f"{path}/test_data_set_0/input_0.pb", onnx.TensorProto)
            output = f"{path}/test_data_set_0/output_0.pb"
            if not first.dims or os.path.getsize(output) > 6000:
                continue
            for i, value in enumerate(inputs[1:], 1):
                tensor = read(f"{path}/test_data_set_0/input_{i}.pb", onnx.TensorProto)
                tensor.name = value.name
                model.graph.initializer.append(tensor)
                model.graph.input.remove(value)
            write(f"{name}/model.onnx", model.SerializeToString())
            write(f"{name}/input.pb", first.SerializeToString())
            write(f"{name}/output.pb", open(output, "rb").read())
    write("LICENSE", open("/usr/share/doc/libonnx-testdata/copyright").read())

"""From torch to ONNX: step graphs with explicit memory, small files, and the proof that both say the same."""

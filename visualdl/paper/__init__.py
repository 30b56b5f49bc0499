"""The report, run again: its experiment in minidl and in torch.nn, its tables, and why numbers differ. Without Qt."""

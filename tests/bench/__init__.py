"""Speed and memory of the installed command, beside its peers on equal work: `make bench`."""

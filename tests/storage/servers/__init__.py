"""Real servers for the tests of storages: on loopback, on free ports, ended by their process id."""

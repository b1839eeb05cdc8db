"""Tests; a package so that pytest can load the plugin with `-p tests.nbval_strict`."""

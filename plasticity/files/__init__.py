"""The one way in and out for files: read within limits, written whole or not at all.

text_of, bytes_of        : the content of a file that somebody hands us
toml_in, json_in         : what such a text says, looked at for depth and length before it is parsed
within                   : a file whose name stands in another file, never outside its folder
check_free, write_folder : a folder that appears whole, under a name that nobody has
write_file               : a file that does so
sealed, read_manifest    : such a folder's manifest, which lists what is in it, each file with its hash
"""

from plasticity.files.folders import check_free, report_leftovers, write_folder
from plasticity.files.manifests import MANIFESTS, as_bytes, changed, digest, read_manifest, sealed
from plasticity.files.reading import bytes_of, is_inside, json_in, named, path_of, text_of, toml_in, within
from plasticity.files.single import write_file

__all__ = [
    "MANIFESTS",
    "as_bytes",
    "bytes_of",
    "changed",
    "check_free",
    "digest",
    "is_inside",
    "json_in",
    "named",
    "path_of",
    "read_manifest",
    "report_leftovers",
    "sealed",
    "text_of",
    "toml_in",
    "within",
    "write_file",
    "write_folder",
]

"""The one way in and out for files: read within limits, written whole or not at all.

text_of, bytes_of : the content of a file that somebody hands us
toml_in, json_in  : what such a text says, looked at for depth and length before it is parsed
within            : a file whose name stands in another file, never outside its folder
"""

from plasticity.files.reading import bytes_of, is_inside, json_in, named, text_of, toml_in, within

__all__ = ["bytes_of", "is_inside", "json_in", "named", "text_of", "toml_in", "within"]

"""Files in and out, one format a file; each says what it recognises, reads and writes."""

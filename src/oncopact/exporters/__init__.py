"""A graph in the forms that others read: RDF files, a network, release records."""

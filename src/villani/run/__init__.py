"""The pipeline put together: the only place where stages meet and resources are loaded."""

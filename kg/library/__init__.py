"""The store on disk that grows: its manifest, its directory and its cache."""

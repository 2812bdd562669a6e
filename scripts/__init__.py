"""Tools for those who work on the project; the site never imports this package."""

"""The web application: the only folder that imports Django."""

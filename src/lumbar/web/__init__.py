"""The app: pages and the JSON API on this machine, for the browser here and a phone on the same network."""

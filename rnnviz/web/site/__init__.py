"""The folder that `rnnviz site` writes: pages that open from a disk, without a server.

Each page is one HTML file with the app's own JavaScript and payloads in it. What the app's server
does when a setting is changed (another network, another sequence) was done when the folder was
written: a page has all payloads that its settings can ask for, in an `Archive`, and the browser
puts the one together that is wanted (browser/site).
"""

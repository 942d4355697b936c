"""The shell around the pages: headers, language, addresses, files. See ``shell.Shell``."""

from dashboard.ui.server.addresses import QUERY_KEY, clean_slug
from dashboard.ui.server.incidents import on_script_error
from dashboard.ui.server.roots import project_root
from dashboard.ui.server.serving import geo_url
from dashboard.ui.server.shell import Shell

__all__ = ["QUERY_KEY", "Shell", "clean_slug", "geo_url", "on_script_error", "project_root"]

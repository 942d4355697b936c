"""What surrounds the pages: routes, headers, language, addresses, files. See ``application.app_options``."""

from dashboard.ui.server.addresses import QUERY_KEY, clean_slug
from dashboard.ui.server.roots import project_root
from dashboard.ui.server.static_files import geo_url

__all__ = ["QUERY_KEY", "clean_slug", "geo_url", "project_root"]

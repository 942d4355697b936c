"""What surrounds the pages: routes, headers, language, addresses, files. See ``application.app_options``."""

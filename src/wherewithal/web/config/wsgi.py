"""What gunicorn serves: ``gunicorn wherewithal.web.config.wsgi --preload``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
application = get_wsgi_application()

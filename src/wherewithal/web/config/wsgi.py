"""What gunicorn serves: ``gunicorn wherewithal.web.config.wsgi --preload``."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
application = get_wsgi_application()

# What is loaded by now stays for good: workers forked from here share it, and never search it
# for garbage again.
gc.collect()
gc.freeze()

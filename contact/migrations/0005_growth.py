"""Indexes that keep staff's lists flat as inquiries grow.

Nothing is rewritten and nothing read differs. On PostgreSQL whoever writes while an index is built
waits until it is there; on a large table, migrate at a quiet hour.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0004_image_help'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['action', 'sequence'], name='audit_by_action'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['due_at', 'created_at', 'id'], name='inquiry_in_order'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['assigned_to', 'status'], name='inquiry_by_owner'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['-dead', 'next_attempt_at', 'id'], name='notice_unsent', condition=models.Q(sent_at=None)),
        ),
    ]

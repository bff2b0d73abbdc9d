"""Our nginx configuration as the benchmark serves it."""

from pathlib import Path

from bench.nginx import adapted

OURS = """upstream site { server 127.0.0.1:8000; }
limit_req_zone $binary_remote_addr zone=pages:10m rate=30r/s;
proxy_cache_path /var/cache/nginx/kapsite levels=1 keys_zone=pages:10m;

server {
    listen 80;
    location / { return 301 https://www.example.org; }
}

server {
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name www.example.org;
    ssl_certificate /etc/ssl/site.pem;
    error_log /var/log/nginx/error.log crit;
    location / { proxy_cache pages; proxy_cache_use_stale updating; }
}
"""


def test_ports_and_paths_change_and_the_rest_stays():
    text = adapted(OURS, 8081, 8082, Path("/here"))
    assert "listen 127.0.0.1:8081;" in text
    assert "server 127.0.0.1:8082;" in text
    assert "proxy_cache_path /here/cache levels=1 keys_zone=pages:10m;" in text
    assert text.count("listen") == 1
    assert "proxy_cache pages; proxy_cache_use_stale updating;" in text
    assert not any(word in text for word in ("rate=30r/s", "ssl", "/var/", "/etc/", "example.org"))

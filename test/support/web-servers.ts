import { existsSync } from 'node:fs';
import { type PrivateServer, startPrivateServer } from './private-server.ts';

const MODULES = '/usr/lib/nginx/modules';

/** A real nginx. @param lines of its `server` block: `root`, `autoindex`, `limit_rate`, … */
export function startNginx(lines: readonly string[]): Promise<PrivateServer> {
  const fancyindex = `${MODULES}/ngx_http_fancyindex_module.so`;
  return startPrivateServer({
    program: '/usr/sbin/nginx',
    arguments: (configuration, folder) => ['-p', folder, '-c', configuration],
    logName: 'access.log',
    configuration: (port, folder) => `
${existsSync(fancyindex) ? `load_module ${fancyindex};` : ''}
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  log_format bytes '$request_method $uri $status $body_bytes_sent "$http_range" "$http_if_range"';
  access_log ${folder}/access.log bytes;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    ${lines.join('\n    ')}
  }
}
`,
  });
}

/** A real Apache. @param lines of its main server: `IndexOptions …`, … */
export function startApache(root: string, lines: readonly string[] = []): Promise<PrivateServer> {
  const modules = '/usr/lib/apache2/modules';
  const load = ['mpm_event', 'authz_core', 'dir', 'mime', 'alias', 'autoindex', 'headers']
    .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`)
    .join('\n');
  return startPrivateServer({
    program: '/usr/sbin/apache2',
    arguments: (configuration) => ['-D', 'FOREGROUND', '-f', configuration],
    logName: 'access.log',
    configuration: (port, folder) => `
ServerRoot ${folder}
${load}
PidFile ${folder}/pid
TypesConfig /etc/mime.types
Mutex posixsem
ErrorLog ${folder}/error.log
LogFormat "%m %U %>s %B \\"%{Range}i\\"" bytes
CustomLog ${folder}/access.log bytes
ServerName localhost
Listen 127.0.0.1:${port}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
DocumentRoot ${root}
<Directory ${root}>
  Require all granted
  Options +Indexes +FollowSymLinks
</Directory>
${lines.join('\n')}
`,
  });
}

/** A real tinyproxy: a plain HTTP proxy with CONNECT. @param lines further lines: `BasicAuth`, `ConnectPort`, … */
export function startTinyproxy(lines: readonly string[] = []): Promise<PrivateServer> {
  return startPrivateServer({
    program: '/usr/bin/tinyproxy',
    arguments: (configuration) => ['-d', '-c', configuration],
    logName: 'log',
    configuration: (port, folder) => `
Port ${port}
Listen 127.0.0.1
Timeout 20
Allow 127.0.0.1
MaxClients 20
LogLevel Connect
LogFile "${folder}/log"
${lines.join('\n')}
`,
  });
}

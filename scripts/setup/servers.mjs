const PYTHON = '/usr/lib/python3/dist-packages';

/**
 * What the tests run against besides rsync, as Debian package and the program or file it brings: packages without a service
 * of their own where Debian has them.
 */
export const SERVER_PACKAGES = [
  'nginx=nginx',
  'libnginx-mod-http-fancyindex=/usr/lib/nginx/modules/ngx_http_fancyindex_module.so',
  'apache2-bin=apache2',
  'media-types=/etc/mime.types',
  'mini-httpd=mini_httpd',
  'lighttpd=lighttpd',
  'tinyproxy-bin=tinyproxy',
  'openssh-server=sshd',
  'openssh-client=ssh',
  'openssl=openssl',
  'curl=curl',
  'git=git',
  'mount=mount',
  'e2fsprogs=mkfs.ext4',
  'btrfs-progs=mkfs.btrfs',
  'xfsprogs=mkfs.xfs',
  // Against pip: which index it finds; and to read YAML.
  'python3=/usr/bin/python3',
  `python3-pip=${PYTHON}/pip`,
  `python3-yaml=${PYTHON}/yaml`,
];

/** Servers that Debian would start with the machine, by package. */
export const SERVICES = {
  nginx: 'nginx',
  'mini-httpd': 'mini-httpd',
  lighttpd: 'lighttpd',
  'openssh-server': 'ssh',
};

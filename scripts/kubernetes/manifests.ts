import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const MANIFESTS = resolve(import.meta.dirname, '../../deploy/kubernetes');

export interface Here {
  /** URL of the mirror. */
  mirror: string;
  /** Content of tfcache.lock. */
  lock: string;
  /** The folder that stands for the node's /var/lib/tfcache. */
  node: string;
}

/**
 * One of deploy/kubernetes/ with its ConfigMaps, for this machine: the mirror's URL and the node's folder are replaced, and
 * nothing else, except that podman is told to keep init containers, so that their logs can be read.
 */
export function manifest(name: 'pod' | 'deployment' | 'cronjob', here: Here): string {
  const text = name === 'cronjob' ? podOfCronJob(read(name)) : read(name);
  const settings = replaceOnce(
    read('settings'),
    'rsync://mirror.internal/tensorflow/',
    here.mirror,
  );
  const objects = replaceOnce(text, 'path: /var/lib/tfcache', `path: ${here.node}`);
  return [settings, lockConfigMap(here.lock), keepInitContainers(objects)].join('---\n');
}

function read(name: string): string {
  return readFileSync(join(MANIFESTS, `${name}.yaml`), 'utf8');
}

function replaceOnce(text: string, what: string, by: string): string {
  if (text.split(what).length !== 2) throw new Error(`${JSON.stringify(what)} is not there once`);
  return text.replace(what, by);
}

function lockConfigMap(lock: string): string {
  const content = lock.replaceAll(/^(?=.)/gm, '    ');
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: tfcache-lock
data:
  tfcache.lock: |
${content}
`;
}

/** podman removes an init container when it has ended, unless told so (podman-kube-play(1)). */
function keepInitContainers(text: string): string {
  return text.replaceAll(
    /^( *)metadata:\n/gm,
    '$1metadata:\n$1  annotations:\n$1    io.podman.annotations.init.container.type: always\n',
  );
}

/** podman knows no CronJob: the Pod that it would start, moved to the left. */
function podOfCronJob(text: string): string {
  const lines = text.split('\n');
  const template = lines.indexOf('      template:');
  const spec = lines.indexOf('        spec:', template);
  if (template < 0 || spec < 0) throw new Error('cronjob.yaml has another form than expected');
  const pod = lines.slice(spec).map((line) => line.replace(/^ {8}/, ''));
  return ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: warm', ...pod].join('\n');
}

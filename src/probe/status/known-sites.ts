/** A public mirror site: where it tells how fresh it is, how often one may come, and what became of TensorFlow there. */
export interface MirrorSite {
  name: string;
  /** Where its status stands: JSON of tunasync, MirrorZ or Yuki. */
  statusUrl: string | undefined;
  /** Hours between syncs that it asks for. */
  intervalHours: number;
  /** What to know about TensorFlow there. */
  tensorflow: string;
}

const NO_KNOWN_MIRROR =
  'no mirror of TensorFlow’s bucket is known there; wheels are in its PyPI mirror, if it keeps one';

const SITES: readonly (MirrorSite & { hosts: RegExp })[] = [
  {
    name: 'TUNA',
    hosts: /(^|\.)mirrors?[46]?\.tuna\.tsinghua\.edu\.cn$/,
    statusUrl: 'https://mirrors.tuna.tsinghua.edu.cn/static/tunasync.json',
    intervalHours: 6,
    // tuna/tunasync-scripts ab826ec, tuna/issues#449, tuna/mirror-web 0f8f120
    tensorflow:
      'TUNA retired its tensorflow mirror in 2018 (last synced 2018-01-13, TensorFlow 1.5.0rc1) and asks to use PyPI instead',
  },
  {
    name: 'BFSU',
    hosts: /(^|\.)mirrors\.bfsu\.edu\.cn$/,
    statusUrl: 'https://mirrors.bfsu.edu.cn/static/tunasync.json',
    intervalHours: 6,
    tensorflow: NO_KNOWN_MIRROR,
  },
  {
    name: 'NJU',
    hosts: /(^|\.)mirrors?\.nju\.edu\.cn$/,
    statusUrl: 'https://mirror.nju.edu.cn/.mirrorz/tunasync.json',
    intervalHours: 6,
    tensorflow: NO_KNOWN_MIRROR,
  },
  {
    name: 'USTC',
    hosts: /(^|\.)mirrors\.ustc\.edu\.cn$/,
    statusUrl: 'https://mirrors.ustc.edu.cn/static/json/mirrorz.json',
    intervalHours: 24,
    tensorflow: NO_KNOWN_MIRROR,
  },
  {
    name: 'SJTUG siyuan',
    hosts: /(^|\.)mirrors?\.sjtu\.edu\.cn$/,
    statusUrl: 'https://mirror.sjtu.edu.cn/mirrorz/siyuan.json',
    intervalHours: 24,
    tensorflow: NO_KNOWN_MIRROR,
  },
  {
    name: 'SJTUG zhiyuan',
    hosts: /(^|\.)mirrors\.sjtug\.sjtu\.edu\.cn$/,
    statusUrl: 'https://mirrors.sjtug.sjtu.edu.cn/mirrorz/zhiyuan.json',
    intervalHours: 24,
    tensorflow: NO_KNOWN_MIRROR,
  },
  {
    name: 'Aliyun',
    hosts: /(^|\.)mirrors\.(aliyun|cloud\.aliyuncs)\.com$/,
    statusUrl: undefined,
    intervalHours: 24,
    tensorflow: NO_KNOWN_MIRROR,
  },
];

/** The public mirror site at a host, if it is one that we know. */
export function findKnownSite(host: string): MirrorSite | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  return SITES.find(({ hosts }) => hosts.test(name));
}

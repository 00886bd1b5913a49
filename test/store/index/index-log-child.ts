import { appendLogLines } from '../../../src/store/index/index-log.ts';

const [, , file = '', name = ''] = process.argv;
for (let batch = 0; batch < 200; batch += 1) {
  appendLogLines(
    file,
    Array.from({ length: 10 }, (_, index) => batch * 10 + index).map(
      (index) => `${name} ${index} ${'x'.repeat(index % 300)}`,
    ),
  );
}

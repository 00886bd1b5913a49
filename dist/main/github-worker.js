import '../github-worker/index.js';

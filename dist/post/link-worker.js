import '../link-worker/index.js';

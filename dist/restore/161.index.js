export * from '../main/161.index.js';

export * from '../main/607.index.js';

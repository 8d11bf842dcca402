// Lets a program print what a worker posts.
globalThis.postMessage = console.log;

import "./console.js";
import "./train.js";

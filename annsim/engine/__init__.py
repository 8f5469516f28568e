"""From graph to numbers: the compiler, and the engines that train what it compiled."""

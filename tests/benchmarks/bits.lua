-- Exclusive or, an operator in Lua 5.4 and a function of a library in LuaJIT. The
-- operator is compiled from a string, since LuaJIT cannot read it.
local Bits = {}

if rawget(_G, "jit") then
    Bits.xor = require("bit").bxor
else
    Bits.xor = assert(load("return function(a, b) return a ~ b end"))()
end

return Bits

-- Fibonacci numbers by two recursive calls.
local Fib = { inner = 20 }

function Fib:fib(n)
    if n < 2 then return n end
    return self:fib(n - 1) + self:fib(n - 2)
end

function Fib.run() return Fib:fib(24) end

function Fib.verify(r) return r == 46368 end

return Fib

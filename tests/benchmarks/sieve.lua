-- Sieve of Eratosthenes: the primes up to 5000.
local sieve = { inner = 3000 }

local function primesIn(flags, n)
    local count = 0
    for i = 2, n do
        if flags[i - 1] then
            count = count + 1
            local k = i + i
            while k <= n do
                flags[k - 1] = false
                k = k + i
            end
        end
    end
    return count
end

function sieve.run()
    local flags = {}
    for i = 0, 4999 do flags[i] = true end
    return primesIn(flags, 5000)
end

function sieve.verify(r) return r == 669 end

return sieve

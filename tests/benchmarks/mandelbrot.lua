-- The Mandelbrot set as a bitmap of which only a checksum is kept. The inner number
-- is the size.
local xor = require("bits").xor
local Mandelbrot = { inner = 500 }
local results = { [1] = 128, [500] = 191, [750] = 50 }

local function escapes(cr, ci)
    local zrzr, zi, zizi, z = 0.0, 0.0, 0.0, 0
    while z < 50 do
        local zr = zrzr - zizi + cr
        zi = 2.0 * zr * zi + ci
        zrzr = zr * zr
        zizi = zi * zi
        if zrzr + zizi > 4.0 then return 1 end
        z = z + 1
    end
    return 0
end

local function bitmap(size)
    local sum, byte, bits = 0, 0, 0
    for y = 0, size - 1 do
        local ci = 2.0 * y / size - 1.0
        for x = 0, size - 1 do
            local cr = 2.0 * x / size - 1.5
            byte = byte + byte + escapes(cr, ci)
            bits = bits + 1
            if bits == 8 then
                sum, byte, bits = xor(sum, byte), 0, 0
            elseif x == size - 1 then
                for _ = bits, 7 do byte = byte + byte end
                sum, byte, bits = xor(sum, byte), 0, 0
            end
        end
    end
    return sum
end

function Mandelbrot.iterate(size)
    local known = results[size] or error("no result is known for this size")
    return bitmap(size) == known
end

return Mandelbrot
